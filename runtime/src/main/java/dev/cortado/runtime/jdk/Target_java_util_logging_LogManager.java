package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Where no configuration is named, that of the JDK is in the image. */
@TargetClass(className = "java.util.logging.LogManager", onlyWith = IfPresent.class)
final class Target_java_util_logging_LogManager {
    @Alias
    public native void readConfiguration(InputStream configuration) throws IOException;

    @Alias
    public native void updateConfiguration(
            InputStream configuration, Function<String, BiFunction<String, String, String>> mapper)
            throws IOException;

    @Substitute
    public void readConfiguration() throws IOException {
        if (!LoggingConfiguration.isMadeByClass()) {
            try (InputStream configuration = LoggingConfiguration.open()) {
                readConfiguration(configuration);
            }
        }
    }

    @Substitute
    public void updateConfiguration(Function<String, BiFunction<String, String, String>> mapper)
            throws IOException {
        try (InputStream configuration = LoggingConfiguration.open()) {
            updateConfiguration(configuration, mapper);
        }
    }
}
