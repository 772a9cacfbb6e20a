package dev.cortado.system.stores;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.cortado.system.stores.h2.DatabaseStore;
import dev.cortado.system.stores.h2.MapStore;
import dev.cortado.system.stores.jetty.FileServer;
import dev.cortado.system.stores.logback.LogStore;
import dev.cortado.system.stores.lucene.IndexStore;
import dev.cortado.system.stores.xodus.EnvironmentStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Libraries that keep data in files, at work: {@code STORE DIRECTORY BATCHES} says what is found
 * there, goes on up to that number of batches, and says of each when it is on the disk. {@code
 * jetty DIRECTORY PORT} serves files.
 */
public final class Stores {
    private Stores() {}

    public static void main(String[] arguments) throws Exception {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        String name = arguments[0];
        Path directory = Path.of(arguments[1]);
        int number = Integer.parseInt(arguments[2]);
        if (name.equals("jetty")) {
            FileServer.start(directory, number);
            return;
        }
        Files.createDirectories(directory);
        try (Store store = open(name, directory)) {
            int found = store.found();
            System.out.println("found " + found);
            for (int batch = found + 1; batch <= number; batch++) {
                store.put(new Batch(batch));
                System.out.println("committed " + batch);
            }
        }
        System.out.println("closed");
    }

    private static Store open(String name, Path directory) throws Exception {
        return switch (name) {
            case "h2" -> new DatabaseStore(directory);
            case "mvstore" -> new MapStore(directory);
            case "lucene" -> IndexStore.open(directory, false);
            case "lucene-mapped" -> IndexStore.open(directory, true);
            case "xodus" -> new EnvironmentStore(directory);
            case "logback" -> new LogStore(directory);
            default -> throw new IllegalArgumentException("no store " + name);
        };
    }
}
