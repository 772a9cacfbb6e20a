/**
 * The {@code cortado} command. Each command turns its options into a request for another package
 * and shows the result; nothing else happens here.
 */
package dev.cortado.image.cli;
