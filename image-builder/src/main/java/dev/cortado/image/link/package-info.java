/**
 * The static linker: gives every section its address, resolves symbols across objects and fills in
 * relocated fields.
 */
package dev.cortado.image.link;
