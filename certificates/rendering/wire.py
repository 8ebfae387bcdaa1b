"""How press and printer talk: an order is a line of JSON, an answer a kind and a length before its bytes."""

import struct

SIZE = struct.Struct(">BI")
PRINTED, REFUSED = 0, 1
