/**
 * The environment variables of a program: what its image was built with, what the sources of
 * configuration say, and what the command line says. Nothing here knows a machine.
 */
package dev.cortado.runtime.environment;
