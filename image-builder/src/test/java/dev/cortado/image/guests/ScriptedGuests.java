package dev.cortado.image.guests;

import dev.cortado.image.TestManifest;
import dev.cortado.image.TestObjects;
import dev.cortado.image.compile.FakeJdk;
import dev.cortado.image.image.ElfImageWriter;
import dev.cortado.image.image.GuestImage;
import dev.cortado.image.network.GuestNetwork;
import dev.cortado.image.network.NetworkRequest;
import dev.cortado.image.run.Accelerator;
import dev.cortado.image.run.DetachedQemu;
import dev.cortado.image.run.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Guests whose QEMU is a shell script, in a directory of a test; closing ends them all. */
final class ScriptedGuests implements AutoCloseable {
    /** Much longer than a script takes on a machine that is busy. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Sets {@code $status} to the file that the guest's status goes to. */
    private static final String FIND_STATUS =
            """
            printf '%s\\n' "$@" > "$(dirname "$0")/arguments"
            status=$(printf '%s\\n' "$@" | sed -n 's/^file,id=status,path=//p')
            here=$(dirname "$0")
            """;

    /** A guest that says that it is ready, and goes on. */
    static final String RUNNING = "echo ready > \"$status\"; exec sleep 600";

    final Path directory;
    final Path image;
    final GuestStore store;
    final GuestStopper stopper;

    ScriptedGuests(Path directory) throws IOException {
        this.directory = directory;
        image = directory.resolve("app.elf");
        new ElfImageWriter().write(withDevices(TestObjects.image()), image);
        store = new GuestStore(directory.resolve("state/guests"));
        stopper = new GuestStopper(store);
    }

    private static GuestImage withDevices(GuestImage image) {
        return new GuestImage(
                image.segments(),
                image.symbols(),
                image.debug(),
                image.bootNotes(),
                image.entryPoint(),
                new TestManifest()
                        .drivers(GuestNetwork.DRIVER, "virtio.fs")
                        .options(List.of("--define=cortado.disks=true"))
                        .build());
    }

    /** Makes the script that stands for QEMU. */
    void script(String script) throws IOException {
        FakeJdk.executable(directory.resolve("qemu-system-x86_64"), FIND_STATUS + script);
    }

    Guest start(String script, String name) throws IOException {
        script(script);
        return starter().start(request(name));
    }

    GuestStarter starter() {
        return new GuestStarter(
                store, new DetachedQemu(Map.of("PATH", directory + ":/usr/bin:/bin")));
    }

    GuestRequest request(String name, String... forwards) {
        return request(name, null, PATIENCE, true, forwards);
    }

    GuestRequest request(
            String name, String waitFor, Duration patience, boolean keep, String... forwards) {
        RunRequest run =
                RunRequest.of(image)
                        .accelerator(Accelerator.TCG)
                        .network(NetworkRequest.of(null, List.of(forwards), null, null, null))
                        .build();
        return new GuestRequest(
                run,
                Optional.ofNullable(name).map(GuestName::parse),
                Optional.empty(),
                Optional.ofNullable(waitFor).map(Readiness::parse),
                patience,
                keep);
    }

    Guest find(String name) {
        return store.find(GuestName.parse(name));
    }

    @Override
    public void close() throws IOException {
        for (Guest guest : store.list().guests()) {
            guest.record().process().ifPresent(ProcessIdentity::kill);
        }
        Files.deleteIfExists(directory.resolve("qemu-system-x86_64"));
    }
}
