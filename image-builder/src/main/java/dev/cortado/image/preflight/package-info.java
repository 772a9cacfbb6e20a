/** What can be found out about a program before a minute goes into compiling it. */
package dev.cortado.image.preflight;
