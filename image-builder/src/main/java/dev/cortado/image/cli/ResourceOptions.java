package dev.cortado.image.cli;

import dev.cortado.image.UserError;
import dev.cortado.image.build.BuildResources;
import dev.cortado.image.build.CompilerThreads;
import dev.cortado.image.cache.CacheDirectory;
import dev.cortado.image.run.MemorySize;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What {@code cortado build} may take of the machine that it runs on. */
final class ResourceOptions {
    @Option(
            names = "--reproducible",
            description =
                    "Give the same bytes for the same inputs, on any machine: compile with one"
                            + " thread. Also with SOURCE_DATE_EPOCH in the environment, and on"
                            + " machines with one or two CPUs.")
    private boolean reproducible;

    @Option(
            names = "--parallelism",
            paramLabel = "THREADS",
            description = "How many threads compile; default: as many as there are CPUs.")
    private Integer parallelism;

    @Option(
            names = "--builder-memory",
            paramLabel = "SIZE",
            converter = RunCommand.MemoryConverter.class,
            description =
                    "The most that the compiler's Java heap may take. Builds that go on at the same"
                            + " time wait for each other if there is not enough for all. Default: 8G,"
                            + " or a third of what the machine has if that is more.")
    private MemorySize builderMemory;

    @Option(
            names = "--no-cache",
            description =
                    "Compile even if the same has been compiled before, and do not keep the"
                            + " result.")
    private boolean noCache;

    @Option(
            names = "--cache",
            paramLabel = "DIRECTORY",
            description =
                    "Where compiled programs are kept for builds with the same inputs; default:"
                            + " CORTADO_CACHE in the environment, or the user's directory for"
                            + " caches.")
    private Path cache;

    @Option(
            names = "--cache-size",
            paramLabel = "SIZE",
            converter = RunCommand.MemoryConverter.class,
            description = "How much is kept there; default: 2G.")
    private MemorySize cacheSize;

    BuildResources resources() {
        if (noCache && cacheSize != null) {
            throw new UserError("--no-cache and --cache-size exclude each other: leave one out");
        }
        BuildResources resources =
                BuildResources.in(cache == null ? CacheDirectory.usual() : cache);
        if (noCache) {
            resources = resources.withCacheBytes(0);
        }
        if (cacheSize != null) {
            resources = resources.withCacheBytes(cacheSize.bytes());
        }
        return builderMemory == null ? resources : resources.withHeapBytes(builderMemory.bytes());
    }

    int threads() {
        boolean wanted = reproducible || System.getenv("SOURCE_DATE_EPOCH") != null;
        return CompilerThreads.of(wanted, parallelism == null ? 0 : parallelism);
    }
}
