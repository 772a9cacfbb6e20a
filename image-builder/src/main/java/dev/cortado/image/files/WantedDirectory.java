package dev.cortado.image.files;

import dev.cortado.image.UserError;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * A directory that is to be in an image.
 *
 * @param directory here
 * @param place in the guest: a path from the root on, without needless slashes
 */
public record WantedDirectory(Path directory, String place) {
    /**
     * Understands {@code DIRECTORY=/PLACE}; without a place, it is the directory's name below the
     * root, so that relative paths to it are what they were: a guest's programs run in the root.
     *
     * @param base what a relative path of the directory is relative to
     * @throws UserError if it is not such a word
     */
    public static WantedDirectory parse(String text, Path base) {
        int equals = text.lastIndexOf('=');
        Path directory = directory(text, equals < 0 ? text : text.substring(0, equals), base);
        if (equals >= 0) {
            return new WantedDirectory(
                    directory, GuestPath.require(text, text.substring(equals + 1)));
        }
        Path name = directory.toAbsolutePath().normalize().getFileName();
        if (name == null) {
            throw new UserError(
                    "--files %s: it has no name, so write where the guest is to have it: %s=/root"
                            .formatted(text, text));
        }
        return new WantedDirectory(directory, GuestPath.require(text, "/" + name));
    }

    private static Path directory(String text, String path, Path base) {
        if (path.isEmpty()) {
            throw new UserError(
                    "--files %s: write a directory, and where the guest is to have it, such as"
                                    .formatted(text)
                            + " site=/srv/site");
        }
        try {
            return base.resolve(path);
        } catch (InvalidPathException e) {
            throw new UserError(
                    "--files %s: %s is no path of a directory".formatted(text, path), e);
        }
    }

    /**
     * Looks whether the guest can have all of them.
     *
     * @throws UserError if two are at one place, or one is inside another
     */
    public static void requireApart(List<WantedDirectory> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            for (WantedDirectory before : wanted.subList(0, i)) {
                wanted.get(i).requireApart(before);
            }
        }
    }

    /**
     * Looks whether an image would become a part of the next one.
     *
     * @throws UserError if it is to be written into one of the directories
     */
    public static void requireOutside(List<WantedDirectory> wanted, Path image) {
        Path file = image.toAbsolutePath().normalize();
        for (WantedDirectory each : wanted) {
            if (file.startsWith(each.directory.toAbsolutePath().normalize())) {
                throw new UserError(
                        "--files %s: the image %s would be written into it: write it somewhere else"
                                .formatted(each.directory, image));
            }
        }
    }

    private void requireApart(WantedDirectory other) {
        if (place.equals(other.place)) {
            throw new UserError(
                    "--files: %s and %s are both at %s: write another place behind one of them, such"
                                    .formatted(other.directory, directory, place)
                            + " as %s=%s2".formatted(directory, place));
        }
        boolean isInside = place.startsWith(other.place + "/");
        if (isInside || other.place.startsWith(place + "/")) {
            throw new UserError(
                    "--files: %s is inside %s, which cannot be changed: put them side by side, or into"
                                    .formatted(
                                            isInside ? place : other.place,
                                            isInside ? other.place : place)
                            + " one directory");
        }
    }
}
