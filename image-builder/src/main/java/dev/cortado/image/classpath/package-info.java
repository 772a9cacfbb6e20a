/** Class paths: how they are written, and reading what is on them. */
package dev.cortado.image.classpath;
