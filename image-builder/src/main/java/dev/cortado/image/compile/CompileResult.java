package dev.cortado.image.compile;

import java.nio.file.Path;

/**
 * What the compiler has left in its work directory.
 *
 * @param object the relocatable ELF object
 * @param reports the directory into which the guest's features have written their reports
 */
public record CompileResult(Path object, Path reports) {}
