/** Archives as POSIX.1-2017 has them ("pax Interchange Format", ustar). */
package dev.cortado.image.format.tar;
