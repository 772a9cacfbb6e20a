/** Reports on an image, for terminals, machines and browsers. */
package dev.cortado.image.inspect;
