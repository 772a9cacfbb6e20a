package dev.cortado.maven;

import dev.cortado.image.UserError;
import dev.cortado.image.build.Artifact;
import dev.cortado.image.inspect.HtmlReport;
import dev.cortado.image.inspect.Inspection;
import dev.cortado.image.inspect.Inspector;
import dev.cortado.image.inspect.JsonReport;
import dev.cortado.image.inspect.TextReport;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Shows what the project's image consists of: segments, manifest, drivers and why they are in, and
 * what takes how much room.
 */
@Mojo(name = "inspect", threadSafe = true)
public final class InspectMojo extends AbstractImageMojo {
    /** Writes the report as JSON to this file instead, for programs. */
    @Parameter(property = "cortado.json")
    private File json;

    /** Writes the report as a page with a map of the image's contents to this file instead. */
    @Parameter(property = "cortado.html")
    private File html;

    @Override
    void perform() {
        List<Artifact> artifacts = artifacts(Optional.empty());
        if (artifacts.size() > 1 && (json != null || html != null)) {
            throw new UserError(
                    "there are %d images: choose the one to report on with -Dcortado.target"
                            .formatted(artifacts.size()));
        }
        artifacts.forEach(artifact -> inspect(existingImage(artifact)));
    }

    private void inspect(Path image) {
        Inspection inspection = new Inspector().inspect(image);
        if (json != null) {
            write(json.toPath(), new JsonReport().render(inspection));
        }
        if (html != null) {
            write(html.toPath(), new HtmlReport().render(inspection));
        }
        if (json == null && html == null) {
            new TextReport().render(inspection).lines().forEach(getLog()::info);
        }
    }

    private void write(Path file, String text) {
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            Files.writeString(file, text);
            getLog().info("written: " + file);
        } catch (IOException e) {
            throw new UserError("cannot write " + file + ": " + e.getMessage());
        }
    }
}
