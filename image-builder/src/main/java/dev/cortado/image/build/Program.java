package dev.cortado.image.build;

import dev.cortado.image.classpath.ClassPath;

/**
 * The program's class path.
 *
 * @param named as it was asked for
 * @param unpacked as it is compiled: jars that contain others have been taken apart
 */
record Program(ClassPath named, ClassPath unpacked) {}
