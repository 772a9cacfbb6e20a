package dev.cortado.maven;

import dev.cortado.image.UserError;
import dev.cortado.image.build.Artifact;
import dev.cortado.image.guests.Guest;
import dev.cortado.image.guests.GuestName;
import dev.cortado.image.guests.GuestRequest;
import dev.cortado.image.guests.Readiness;
import dev.cortado.image.run.HypervisorName;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Builds the project's image if something has changed, boots it in QEMU in the background, waits
 * until it is of use, and lets the build go on: integration tests talk to the guest, and {@code
 * cortado:stop} ends it. A guest that nobody stops ends with Maven.
 *
 * <p>Of each forwarded port, the project's property {@code cortado.port.GUESTPORT} ({@code
 * cortado.port.GUESTPORT.udp} for UDP) is the port of this machine: with {@code 0:8080} in {@code
 * forwards}, {@code ${cortado.port.8080}} is one that was free.
 */
@Mojo(
        name = "start",
        defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class StartMojo extends AbstractGuestMojo {
    /** What the guest is called; without it, as its image, with a number if need be. */
    @Parameter(property = "cortado.guest")
    private String guest;

    /**
     * What has to answer before the build goes on: a URL with a status below 400, or {@code
     * HOST:PORT} by accepting a connection. The host {@code guest} is the guest: {@code
     * http://guest:8080/} goes by the forward of its port 8080. Without it, the build goes on when
     * the program begins.
     */
    @Parameter(property = "cortado.waitFor")
    private String waitFor;

    /** Ends a guest that is not so far after this many seconds, and the build fails. */
    @Parameter(property = "cortado.waitTimeout", defaultValue = "60")
    private long waitTimeout;

    /**
     * The file for what the guest writes; without it, beside the image, {@code app.console.log}.
     */
    @Parameter(property = "cortado.console")
    private File console;

    /** Starts no guest, since there will be no test. */
    @Parameter(property = "skipTests", defaultValue = "false")
    private boolean skipTests;

    /** The same, for integration tests alone. */
    @Parameter(property = "skipITs", defaultValue = "false")
    private boolean skipIntegrationTests;

    @Override
    void perform() {
        if (skipTests || skipIntegrationTests) {
            getLog().info("Cortado: no guest is started, since tests are skipped");
            return;
        }
        if (!isProgram()) {
            return;
        }
        Artifact artifact = artifacts(Optional.of(HypervisorName.QEMU)).getFirst();
        build();
        Path file = console == null ? beside(artifact.image()) : console.toPath();
        Guest started = BackgroundGuests.of(this).start(request(existingImage(artifact), file));
        getLog().info(
                        "guest %s %s, its console is %s"
                                .formatted(started.name(), started.state().sentence(), file));
        BackgroundGuests.ports(started.forwards())
                .forEach((property, port) -> {
                    project.getProperties().setProperty(property, port);
                    getLog().info(property + " = " + port);
                });
    }

    private GuestRequest request(Path image, Path file) {
        GuestRequest request =
                new GuestRequest(
                        request(image).build(),
                        Optional.ofNullable(given(guest)).map(GuestName::parse),
                        Optional.of(file.toAbsolutePath()),
                        Optional.ofNullable(given(waitFor)).map(Readiness::parse),
                        Duration.ofSeconds(waitTimeout),
                        false);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UserError("cannot write " + file + ": " + e.getMessage());
        }
        return request;
    }

    private static Path beside(Path image) {
        String name = image.getFileName().toString().replaceFirst("\\.(elf|img)$", "");
        return image.resolveSibling(name + ".console.log");
    }
}
