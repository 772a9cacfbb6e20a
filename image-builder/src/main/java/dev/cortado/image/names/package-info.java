/**
 * What a program names in its code, as a constant of text or of {@link java.util.Locale}, and what
 * an image therefore gets of the JDK.
 */
package dev.cortado.image.names;
