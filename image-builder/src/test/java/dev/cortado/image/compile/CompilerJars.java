package dev.cortado.image.compile;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** The compiler's own jar, which has most of its options. */
final class CompilerJars {
    private static final String OPTION = "com/oracle/svm/core/option/APIOption.class";

    private CompilerJars() {}

    static OptionTable table() {
        try {
            JarURLConnection jar =
                    (JarURLConnection)
                            CompilerJars.class
                                    .getClassLoader()
                                    .getResource(OPTION)
                                    .openConnection();
            return OptionTable.read(List.of(Path.of(jar.getJarFileURL().toURI())));
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
