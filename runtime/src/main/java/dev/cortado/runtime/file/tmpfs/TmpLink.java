package dev.cortado.runtime.file.tmpfs;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;

/** A symbolic link. */
final class TmpLink extends TmpInode {
    /** Longer targets count as a page. */
    private static final int FREE_BYTES = 128;

    private final byte[] target;

    /**
     * @throws FileException ENOSPC
     */
    TmpLink(TmpFileSystem owner, long number, byte[] target) throws FileException {
        super(owner, number, FileKind.SYMBOLIC_LINK, 0777);
        this.target = target;
        owner.pageQuota().take(pages(target));
    }

    private static int pages(byte[] target) {
        return target.length > FREE_BYTES ? 1 : 0;
    }

    byte[] target() {
        return target;
    }

    @Override
    long size() {
        return target.length;
    }

    @Override
    long pages() {
        return isGone() ? 0 : pages(target);
    }

    @Override
    void clear() {
        owner().pageQuota().giveBack(pages(target));
    }
}
