package kernel

func choose() operations { return portable }
