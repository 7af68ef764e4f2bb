"""Journal: the durable inbox between the door that takes acts and the clerk who works through them."""
