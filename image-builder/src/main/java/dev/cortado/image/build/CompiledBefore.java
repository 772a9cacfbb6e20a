package dev.cortado.image.build;

import dev.cortado.image.cache.ResultCache;
import dev.cortado.image.compile.CompileResult;
import dev.cortado.image.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The cache, as a store of what the compiler has made. That it does not work ends no build. */
final class CompiledBefore {
    private static final String OBJECT = "object.o";
    private static final String REPORTS = "reports";

    private final Optional<ResultCache> cache;
    private final ProgressListener listener;

    CompiledBefore(Optional<ResultCache> cache, ProgressListener listener) {
        this.cache = cache;
        this.listener = listener;
    }

    /**
     * What was made from these inputs, if it is there.
     *
     * @param into a directory that does not exist
     */
    Optional<CompileResult> find(String inputs, Path into) {
        try {
            if (cache.isEmpty() || !cache.get().fetch(inputs, into)) {
                return Optional.empty();
            }
            Path reports = Files.createDirectories(into.resolve(REPORTS));
            return Optional.of(new CompileResult(into.resolve(OBJECT), reports));
        } catch (IOException e) {
            listener.warn("the cache cannot be read, and is not used: " + e);
            return Optional.empty();
        }
    }

    /**
     * @param work a directory to put it together in, which does not exist
     */
    void keep(String inputs, CompileResult result, Path work) {
        if (cache.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(work.resolve(REPORTS));
            link(result.object(), work.resolve(OBJECT));
            try (Stream<Path> reports = Files.list(result.reports())) {
                for (Path report : reports.filter(Files::isRegularFile).toList()) {
                    link(report, work.resolve(REPORTS).resolve(report.getFileName()));
                }
            }
            cache.get().store(inputs, work);
        } catch (IOException e) {
            listener.warn("the cache cannot be written, and is not used: " + e);
        }
    }

    private static void link(Path file, Path name) throws IOException {
        try {
            Files.createLink(name, file);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, name);
        }
    }
}
