package dev.cortado.image.build;

import dev.cortado.boot.disk.DiskImage;
import dev.cortado.image.image.GuestImage;
import dev.cortado.image.image.ImageWriter;
import dev.cortado.image.image.SideFiles;
import dev.cortado.image.signature.SecureBootKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** One artifact of a build: whether it has to be made, and how its files get into place. */
final class PendingArtifact {
    private final Artifact artifact;
    private final Outputs outputs;
    private final BuildState state;
    private final Optional<SecureBootKey> key;
    private final Optional<String> inputs;

    /**
     * @param common {@link Inputs#common}; empty if something cannot be read
     * @param key signs it, if it is a disk
     */
    PendingArtifact(Artifact artifact, Optional<String> common, Optional<SecureBootKey> key) {
        this.artifact = artifact;
        this.outputs = Outputs.of(artifact.image().toAbsolutePath());
        this.state = new BuildState(outputs.image());
        this.key = key.filter(each -> artifact.target().isDisk());
        this.inputs =
                common.map(hash -> Inputs.hash(hash, artifact.target()))
                        .map(hash -> Inputs.signed(hash, this.key));
    }

    Artifact artifact() {
        return artifact;
    }

    /** The image file, absolute. */
    Path image() {
        return outputs.image();
    }

    boolean isUpToDate() {
        return inputs.isPresent() && state.isUpToDate(inputs.get(), outputs.all());
    }

    /**
     * Writes all files, and replaces those that are there only when all could be written.
     *
     * @param sizes the compiler's report, if there is one
     * @param work a temporary directory, of the same file system
     */
    void publish(GuestImage image, Path sizes, WorkDirectory work) throws IOException {
        Path prepared = Files.createDirectory(work.path().resolve(artifact.target().word()));
        Outputs made = Outputs.of(prepared.resolve(outputs.image().getFileName()));
        DiskImage.Signer signer =
                key.map(DiskImage.Signer.class::cast).orElse(DiskImage.Signer.NONE);
        ImageWriter.of(artifact.target(), signer).write(image, made.image());
        SideFiles.writeDebug(image, made.image());
        if (Files.exists(sizes)) {
            Files.copy(sizes, made.sizes(), StandardCopyOption.REPLACE_EXISTING);
        }
        Replacement replacement =
                new Replacement(made.all(), outputs.all(), prepared.resolve("before"));
        work.finish(() -> {
            state.forget();
            replacement.run();
            state.remember(inputs.orElseThrow(), outputs.all(), prepared.resolve("state"));
        });
    }
}
