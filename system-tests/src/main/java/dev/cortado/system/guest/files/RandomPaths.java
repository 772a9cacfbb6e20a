package dev.cortado.system.guest.files;

import java.nio.file.Path;
import java.util.Random;

/** Paths of which many lead to the same files. */
final class RandomPaths {
    private static final String[] NAMES = {"a", "b", "c", "d", "e", "a name that is longer", "f"};
    private static final int MANY = 400;

    private final Path top;
    private final Random random;

    RandomPaths(Path top, Random random) {
        this.top = top;
        this.random = random;
    }

    /** A file that is not led to by {@link #next}. */
    Path apart() {
        return top.resolve("apart");
    }

    /** Up to three names; some directory has many files. */
    Path next() {
        Path path = top;
        for (int depth = random.nextInt(3); depth > 0; depth--) {
            path = path.resolve(NAMES[random.nextInt(3)]);
        }
        if (random.nextInt(4) == 0) {
            return path.resolve("file-" + random.nextInt(MANY));
        }
        return path.resolve(NAMES[random.nextInt(NAMES.length)]);
    }

    /** What a symbolic link may point to. */
    Path target() {
        Path name = Path.of(NAMES[random.nextInt(NAMES.length)]);
        return switch (random.nextInt(4)) {
            case 0 -> Path.of("..").resolve(name);
            case 1 -> name.resolve(NAMES[random.nextInt(NAMES.length)]);
            // One that no inode has room for.
            case 2 -> Path.of("x/".repeat(random.nextInt(100)) + name);
            default -> name;
        };
    }
}
