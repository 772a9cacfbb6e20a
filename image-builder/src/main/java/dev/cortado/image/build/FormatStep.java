package dev.cortado.image.build;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.format.Conversion;
import dev.cortado.image.format.OutputFormat;
import dev.cortado.image.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes what hypervisors import of artifacts that are in place, unless that is there already. */
final class FormatStep {
    private final BuildRequest request;
    private final ProgressListener listener;

    FormatStep(BuildRequest request, ProgressListener listener) {
        this.request = request;
        this.listener = listener;
    }

    /** Refuses, before anything is built, a format that no artifact can be made into. */
    static void require(BuildRequest request) {
        List<Target> targets = request.artifacts().stream().map(Artifact::target).toList();
        request.formats().forEach(format -> format.require(targets));
    }

    /** A report for each format that is to be made of the artifact. */
    List<FormatReport> run(Artifact artifact) {
        Path image = artifact.image().toAbsolutePath();
        List<FormatReport> reports = new ArrayList<>();
        try {
            for (OutputFormat format : request.formats(artifact.target())) {
                reports.add(make(image, format));
            }
        } catch (IOException e) {
            throw WriteFailure.of(image.getParent(), e);
        }
        return reports;
    }

    private FormatReport make(Path image, OutputFormat format) throws IOException {
        Path file = format.beside(image);
        List<Path> outputs = Conversion.outputs(format, file);
        BuildState state = new BuildState(file);
        String inputs = Inputs.hash(image, format);
        boolean upToDate = state.isUpToDate(inputs, outputs);
        if (!upToDate) {
            state.forget();
            listener.phase(
                    "Writing " + file.getFileName(),
                    () -> {
                        Conversion.convert(image, format, file);
                        return file;
                    });
            Path temporary = file.resolveSibling("." + file.getFileName() + ".state");
            state.remember(inputs, outputs, temporary);
        }
        return new FormatReport(format, file, Files.size(file), upToDate);
    }
}
