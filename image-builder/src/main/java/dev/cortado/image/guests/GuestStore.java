package dev.cortado.image.guests;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A user's guests in the background: a directory each, with its name. What makes or removes one
 * holds a lock; a directory comes and goes whole, by a new name, so that who reads needs none.
 */
public final class GuestStore {
    /** How many guests of one image get a name without being given one. */
    private static final int MOST_NUMBERS = 1000;

    /** A directory that is no guest yet, and one that is none any more; no name begins so. */
    private static final String NEW = ".new";

    private static final String REMOVED = ".removed";

    private final Path directory;
    private final StoreLock lock;

    /**
     * @param directory made when it is first needed, for this user alone
     */
    public GuestStore(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
        this.lock = new StoreLock(this.directory.resolve(".lock"));
    }

    /** That of this user. */
    public static GuestStore usual() {
        Path state =
                StateDirectory.usual(
                        System.getenv(),
                        System.getProperty("os.name"),
                        System.getProperty("user.home"));
        return new GuestStore(state.resolve("guests"));
    }

    /**
     * A guest whose record cannot be read.
     *
     * @param problem what is wrong with it, and what to do
     */
    public record Damage(GuestName name, String problem) {}

    /** All guests, by name, and those that nothing can be said about. */
    public record Listing(List<Guest> guests, List<Damage> damages) {}

    /** All of them. */
    public Listing list() {
        List<Guest> guests = new ArrayList<>();
        List<Damage> damages = new ArrayList<>();
        for (GuestName name : names()) {
            try {
                load(name).ifPresent(guests::add);
            } catch (UserError e) {
                damages.add(new Damage(name, e.getMessage()));
            }
        }
        return new Listing(guests, damages);
    }

    /**
     * The guest of that name.
     *
     * @throws UserError if there is none, or its record is damaged
     */
    public Guest find(GuestName name) {
        return load(name).orElseThrow(() -> unknown(name));
    }

    /** Whether a guest has ended by now, or is not even known any more. */
    public boolean hasEnded(Guest guest) {
        return load(guest.name())
                .filter(now -> now.started().equals(guest.started()))
                .map(now -> now.state().hasEnded())
                .orElse(true);
    }

    private Optional<Guest> load(GuestName name) {
        GuestFiles files = files(name);
        try {
            GuestRecord read = RecordFile.read(files.record(), name);
            if (read.process().isEmpty() && !read.starter().isAlive()) {
                // It may have written its last word between the two looks.
                read = RecordFile.read(files.record(), name);
            }
            return Optional.of(new Guest(read, files));
        } catch (IOException e) {
            if (!Files.isDirectory(files.directory())) {
                return Optional.empty();
            }
            String cause = e instanceof NoSuchFileException ? "it is missing" : e.getMessage();
            throw new UserError(
                    "the record %s of guest %s cannot be read (%s): cortado rm --force %s ends and removes it"
                            .formatted(files.record(), name, cause, name),
                    e);
        }
    }

    /**
     * Takes a name for a guest that is about to be started.
     *
     * @param name none for one that is made of the image's
     * @param console none for a file in the guest's directory
     * @throws UserError if there is such a guest
     */
    Guest reserve(Path image, Optional<GuestName> name, Optional<Path> console) {
        try (var held = lock.take()) {
            sweep();
            GuestName free = name.orElseGet(() -> freeName(image));
            GuestFiles files = files(free);
            if (Files.exists(files.directory())) {
                throw new UserError(
                        "there is a guest %s already: give another name with --name, or remove it with cortado rm %s"
                                .formatted(free, free));
            }
            if (!files.run().control().isPossible()) {
                throw new UserError(
                        "%s is too long for the path of a socket: set CORTADO_STATE to a directory with a shorter one"
                                .formatted(files.directory()));
            }
            GuestRecord guest =
                    new GuestRecord(
                            free,
                            image.toAbsolutePath(),
                            console.orElse(files.console()).toAbsolutePath(),
                            Instant.now().truncatedTo(ChronoUnit.MILLIS),
                            ProcessIdentity.current(),
                            Optional.empty(),
                            List.of());
            GuestFiles fresh = new GuestFiles(directory.resolve(NEW));
            PrivateFiles.createDirectory(fresh.directory());
            RecordFile.write(fresh.record(), guest);
            Files.move(fresh.directory(), files.directory(), StandardCopyOption.ATOMIC_MOVE);
            return new Guest(guest, files);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private GuestName freeName(Path image) {
        for (int number = 1; number <= MOST_NUMBERS; number++) {
            GuestName name = GuestName.of(image, number);
            if (!Files.exists(files(name).directory())) {
                return name;
            }
        }
        throw new UserError(
                "there are %d guests of %s: remove some with cortado rm"
                        .formatted(MOST_NUMBERS, image));
    }

    /** Writes down what is known of a guest now. */
    Guest update(GuestRecord guest) {
        try (var held = lock.take()) {
            RecordFile.write(files(guest.name()).record(), guest);
            return new Guest(guest, files(guest.name()));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Writes down that a guest is being killed. */
    void markKilled(Guest guest) {
        try (var held = lock.take()) {
            Path killed = guest.files().killed();
            if (exists(guest.name()) && !Files.exists(killed)) {
                Files.createFile(killed);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /**
     * Forgets a guest that has ended.
     *
     * @throws UserError if it runs
     */
    public void remove(GuestName name) {
        try (var held = lock.take()) {
            Guest guest = find(name);
            if (!guest.state().hasEnded()) {
                throw new UserError(
                        "guest %s %s: end it first with cortado stop %s, or kill it with cortado rm --force %s"
                                .formatted(name, guest.state().sentence(), name, name));
            }
            discard(name);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Forgets a guest without looking at it, if somebody else has not. */
    void forget(GuestName name) {
        try (var held = lock.take()) {
            discard(name);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void discard(GuestName name) throws IOException {
        sweep();
        if (!exists(name)) {
            return;
        }
        Files.move(
                files(name).directory(),
                directory.resolve(REMOVED),
                StandardCopyOption.ATOMIC_MOVE);
        sweep();
    }

    /** Deletes what a command has left that was interrupted; the lock says that it is not at it. */
    private void sweep() throws IOException {
        for (String left : List.of(NEW, REMOVED)) {
            PrivateFiles.deleteDirectory(directory.resolve(left));
        }
    }

    GuestFiles files(GuestName name) {
        return new GuestFiles(directory.resolve(name.text()));
    }

    boolean exists(GuestName name) {
        return Files.isDirectory(files(name).directory());
    }

    private static UserError unknown(GuestName name) {
        return new UserError(
                "there is no guest %s: cortado ps --all lists those there are".formatted(name));
    }

    private UserError unusable(IOException cause) {
        return new UserError(
                "the directory of guests %s cannot be used (%s): mend it, or set CORTADO_STATE to another"
                        .formatted(directory, cause),
                cause);
    }

    private List<GuestName> names() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(GuestName::isName)
                    .map(GuestName::new)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unusable(e);
        }
    }
}
