package dev.cortado.image.build;

import dev.cortado.image.classpath.ClassPath;
import dev.cortado.image.files.ListedDirectory;
import java.util.List;

/**
 * What an image is made of.
 *
 * @param named the class path as it was asked for
 * @param unpacked the same with jars in jars taken out of them
 * @param files directories that become part of the image
 */
record Program(ClassPath named, ClassPath unpacked, List<ListedDirectory> files) {}
