"""How far somebody is on a leerroute, and the page that they stand under."""
