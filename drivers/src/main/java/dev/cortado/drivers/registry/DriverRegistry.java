package dev.cortado.drivers.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private static final Map<String, Class<?>> REACHED = new TreeMap<>();
    private static final Map<String, List<String>> CALLS = new TreeMap<>();

    private DriverRegistry() {}

    /** Notes a driver; the first reason stays. */
    public static synchronized void add(String driver, String reason) {
        REASONS.putIfAbsent(driver, reason);
    }

    /** Notes a driver that something calls, and its class that the compiler has come to. */
    static synchronized void addReached(String driver, String reason, Class<?> type) {
        add(driver, reason);
        REACHED.putIfAbsent(driver, type);
    }

    /** Drivers that are in the image because something calls them, and the class of each. */
    public static synchronized Map<String, Class<?>> reached() {
        return new TreeMap<>(REACHED);
    }

    /**
     * Notes how a driver is reached.
     *
     * @param methods names, each of which calls the next one, or {@code ...} for some between
     */
    public static synchronized void addCalls(String driver, List<String> methods) {
        CALLS.put(driver, List.copyOf(methods));
    }

    /**
     * Leaves {@code drivers.json} for the manifest, an array of objects with name, reason and
     * calls.
     */
    static synchronized void writeReport() {
        String directory = System.getProperty(REPORT_DIRECTORY);
        if (directory == null) {
            return;
        }
        String json =
                REASONS.entrySet().stream()
                        .map(e ->
                                "{\"name\":\"%s\",\"reason\":\"%s\",\"calls\":%s}"
                                        .formatted(e.getKey(), e.getValue(), calls(e.getKey())))
                        .collect(Collectors.joining(",\n ", "[", "]\n"));
        try {
            Files.writeString(Path.of(directory, "drivers.json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of methods have no control characters, but may have what JSON wants escaped. */
    private static String calls(String driver) {
        return CALLS.getOrDefault(driver, List.of()).stream()
                .map(method -> method.replace("\\", "\\\\").replace("\"", "\\\""))
                .map(method -> '"' + method + '"')
                .collect(Collectors.joining(",", "[", "]"));
    }
}
