package dev.cortado.image.share;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder of the host that a guest has as well.
 *
 * @param folder there is one
 * @param place where the guest has it: an absolute path, and not the root
 * @param readOnly whether the guest cannot change it
 * @param kind by what the guest reaches it
 */
public record SharedFolder(Path folder, String place, boolean readOnly, ShareKind kind) {
    private static final String READ_ONLY = ",ro";
    private static final String VIRTIOFS = "," + ShareKind.VIRTIOFS.mountType();

    /** No mount has these in its path, nor dots for a name. */
    private static final String PLACE = "(/+(?!\\.{1,2}(/|$))[^=:,/\\p{Cntrl}]+)+/*";

    /**
     * Understands {@code src}, {@code src:/app/src}, {@code src:/app/src,ro} and {@code
     * src:/app/src,virtiofs}, or both of these; without a path, the guest has the folder by its
     * name in the root.
     *
     * @throws UserError if it is none of these, or no folder
     */
    static SharedFolder parse(String word) {
        boolean isReadOnly = false;
        ShareKind kind = ShareKind.NINEP;
        String rest = word;
        while (rest.endsWith(READ_ONLY) || rest.endsWith(VIRTIOFS)) {
            isReadOnly |= rest.endsWith(READ_ONLY);
            kind = rest.endsWith(VIRTIOFS) ? ShareKind.VIRTIOFS : kind;
            rest = rest.substring(0, rest.lastIndexOf(','));
        }
        int colon = rest.lastIndexOf(":/");
        Path folder = folder(word, colon < 0 ? rest : rest.substring(0, colon));
        Path name = folder.getFileName(); // the root has none
        String place = colon < 0 ? "/" + (name == null ? "" : name) : rest.substring(colon + 1);
        if (!place.matches(PLACE)) {
            throw new UserError(
                    "--share %s: %s is no path that it could have in the guest; write for example --share %s:/src"
                            .formatted(word, place, folder));
        }
        return new SharedFolder(folder, place, isReadOnly, kind);
    }

    private static Path folder(String word, String text) {
        Path folder = Path.of(text);
        if (text.isEmpty() || !Files.isDirectory(folder)) {
            throw new UserError(
                    "--share %s: there is no folder \"%s\"; write a folder, and behind a colon where the guest has it, such as src:/src or src:/src,ro"
                            .formatted(word, text));
        }
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new UserError("--share %s: %s".formatted(word, e.getMessage()), e);
        }
    }
}
