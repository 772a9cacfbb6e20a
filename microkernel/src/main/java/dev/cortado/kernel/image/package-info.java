/** Where the parts of the running image are. */
package dev.cortado.kernel.image;
