package dev.cortado.image.cli;

import dev.cortado.image.UserError;
import dev.cortado.image.build.BuildResources;
import dev.cortado.image.cache.CacheDirectory;
import dev.cortado.image.cache.ResultCache;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cortado cache}. */
@Command(
        name = "cache",
        description = "Shows how much room compiled programs take that are kept for later builds.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class CacheCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Option(
            names = "--cache",
            paramLabel = "DIRECTORY",
            description =
                    "Where they are; default: CORTADO_CACHE in the environment, or the user's"
                            + " directory for caches.")
    private Path directory;

    @Option(names = "--clear", description = "Delete them all.")
    private boolean clear;

    @Override
    public void run() {
        Path place = directory == null ? CacheDirectory.usual() : directory;
        ResultCache cache = BuildResources.cache(place, BuildResources.CACHE_BYTES);
        PrintWriter out = spec.commandLine().getOut();
        try {
            List<ResultCache.Entry> entries = cache.entries();
            if (clear) {
                cache.clear();
            }
            long bytes = entries.stream().mapToLong(ResultCache.Entry::bytes).sum();
            out.printf(
                    "%s: %d compiled programs, %.1f MB%s%n",
                    place, entries.size(), bytes / 1e6, clear ? ", deleted" : "");
            out.flush();
        } catch (IOException e) {
            throw new UserError("the cache at %s cannot be used: %s".formatted(place, e), e);
        }
    }
}
