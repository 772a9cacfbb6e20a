/** Folders of the host in a running guest. */
package dev.cortado.image.share;
