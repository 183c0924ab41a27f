"""Personal data in what people write: detected, refused, or asked about before it is stored."""
