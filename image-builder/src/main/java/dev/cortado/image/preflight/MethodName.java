package dev.cortado.image.preflight;

/**
 * A method, whatever its parameters.
 *
 * @param type its class's internal name, with slashes
 * @param name its own name
 */
record MethodName(String type, String name) {}
