package dev.cortado.image.share;

import dev.cortado.image.UserError;
import dev.cortado.image.disk.BuiltMounts;
import dev.cortado.image.image.ImageFile;
import java.util.ArrayList;
import java.util.List;

/** What somebody wants a guest to have of the host's folders. */
public record ShareRequest(List<SharedFolder> folders) {
    /** Nothing. */
    public static final ShareRequest NONE = new ShareRequest(List.of());

    public ShareRequest {
        folders = List.copyOf(folders);
    }

    /**
     * As a user has written it.
     *
     * @throws UserError if a word is not what it should be
     */
    public static ShareRequest of(List<String> words) {
        return new ShareRequest(words.stream().map(SharedFolder::parse).toList());
    }

    public boolean isEmpty() {
        return folders.isEmpty();
    }

    /** Whether there are folders whose server is none of QEMU's own. */
    boolean hasServers() {
        return folders.stream().anyMatch(each -> each.kind() == ShareKind.VIRTIOFS);
    }

    /**
     * Looks whether an image can have them.
     *
     * @throws UserError if it cannot
     */
    public void prepare(ImageFile image) {
        for (SharedFolder folder : folders) {
            String driver = folder.kind().driver();
            boolean isDriven =
                    image.manifest().drivers().stream()
                            .anyMatch(each -> each.name().equals(driver));
            if (!(isDriven && BuiltMounts.areIn(image))) {
                throw new UserError(
                        "--share %s: the image %s mounts no folders; build it with --with-disks"
                                .formatted(folder.folder(), image.file()));
            }
        }
    }

    /** What the guest mounts, which finds each by its tag. */
    public List<String> mounts() {
        List<String> mounts = new ArrayList<>();
        for (SharedFolder folder : folders) {
            mounts.add(
                    folder.place()
                            + "="
                            + tag(mounts.size())
                            + ":"
                            + folder.kind().mountType()
                            + (folder.readOnly() ? ",ro" : ""));
        }
        return mounts;
    }

    static String tag(int index) {
        return "share" + index;
    }
}
