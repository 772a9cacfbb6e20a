package dev.cortado.system.guest.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.graalvm.nativeimage.ImageInfo;
import org.graalvm.nativeimage.ImageSingletons;

/**
 * The classes of the suite.
 *
 * @param tests those that JUnit is to look at; it finds nested ones by itself
 */
record TestClasses(List<Class<?>> tests) {
    private static final String PACKAGE = "dev.cortado.system.guest.suite";
    private static final String SUFFIX = "Test.class";

    TestClasses {
        tests = List.copyOf(tests);
    }

    /** In an image those that {@link SuiteFeature} found, otherwise those of the class path. */
    static TestClasses get() throws IOException {
        if (ImageInfo.inImageRuntimeCode()) {
            return ImageSingletons.lookup(TestClasses.class);
        }
        List<Path> classPath =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .toList();
        return find(classPath, TestClasses.class.getClassLoader());
    }

    /** Those in the directories of a class path, in the order of their names. */
    static TestClasses find(List<Path> classPath, ClassLoader loader) throws IOException {
        List<Class<?>> classes = new ArrayList<>();
        for (Path entry : classPath) {
            Path directory = entry.resolve(PACKAGE.replace('.', '/'));
            if (Files.isDirectory(directory)) {
                for (String name : names(directory)) {
                    classes.add(load(PACKAGE + "." + name, loader));
                }
            }
        }
        return new TestClasses(classes);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX) && !name.contains("$"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .toList();
        }
    }

    private static Class<?> load(String name, ClassLoader loader) throws IOException {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }
}
