package dev.cortado.drivers.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** While an image is built: which drivers are in it, and what for. */
@Platforms(Platform.HOSTED_ONLY.class)
public final class DriverRegistry {
    /** Names the directory that the image builder reads reports from. */
    private static final String REPORT_DIRECTORY = "cortado.report.directory";

    private static final Map<String, String> REASONS = new TreeMap<>();

    private DriverRegistry() {}

    /** Notes a driver; the first reason stays. */
    public static synchronized void add(String driver, String reason) {
        REASONS.putIfAbsent(driver, reason);
    }

    /** Leaves {@code drivers.json} for the manifest, an array of objects with name and reason. */
    static synchronized void writeReport() {
        String directory = System.getProperty(REPORT_DIRECTORY);
        if (directory == null) {
            return;
        }
        String json =
                REASONS.entrySet().stream()
                        .map(e ->
                                "{\"name\":\"%s\",\"reason\":\"%s\"}"
                                        .formatted(e.getKey(), e.getValue()))
                        .collect(Collectors.joining(",\n ", "[", "]\n"));
        try {
            Files.writeString(Path.of(directory, "drivers.json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
