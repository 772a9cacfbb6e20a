package dev.cortado.runtime.jdk;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What configures {@code java.util.logging}: see {@link java.util.logging.LogManager}. */
final class LoggingConfiguration {
    private static final String CLASS = "java.util.logging.config.class";
    private static final String FILE = "java.util.logging.config.file";

    private LoggingConfiguration() {}

    /** The file that is named, or that of the JDK. */
    static InputStream open() throws IOException {
        String file = System.getProperty(FILE);
        return file == null ? JavaHome.Logging.open() : new FileInputStream(file);
    }

    /** If a class is named, its constructor does what there is to do. */
    static boolean isMadeByClass() {
        String name = System.getProperty(CLASS);
        if (name == null) {
            return false;
        }
        try {
            ClassLoader.getSystemClassLoader()
                    .loadClass(name)
                    .getDeclaredConstructor()
                    .newInstance();
            return true;
        } catch (ReflectiveOperationException e) {
            System.err.println("Logging configuration class \"" + name + "\" failed");
            System.err.println(e);
            return false;
        }
    }
}
