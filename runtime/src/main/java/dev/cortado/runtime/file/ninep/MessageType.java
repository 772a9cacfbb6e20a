package dev.cortado.runtime.file.ninep;

/** Types of requests; the reply to each has the next number (9P2000.L; 9P2000, intro(5)). */
final class MessageType {
    /** The reply that says why there is no other. */
    static final int RLERROR = 7;

    static final int STATFS = 8;
    static final int LOPEN = 12;
    static final int LCREATE = 14;
    static final int SYMLINK = 16;
    static final int READLINK = 22;
    static final int GETATTR = 24;
    static final int SETATTR = 26;
    static final int XATTRWALK = 30;
    static final int XATTRCREATE = 32;
    static final int READDIR = 40;
    static final int FSYNC = 50;
    static final int LINK = 70;
    static final int MKDIR = 72;
    static final int RENAMEAT = 74;
    static final int UNLINKAT = 76;
    static final int VERSION = 100;
    static final int ATTACH = 104;
    static final int FLUSH = 108;
    static final int WALK = 110;
    static final int READ = 116;
    static final int WRITE = 118;
    static final int CLUNK = 120;

    private MessageType() {}

    /**
     * Whether a caller that is interrupted need not wait for the reply: done twice, they do no
     * harm.
     */
    static boolean isInterruptible(int type) {
        return type == READ || type == WRITE || type == FSYNC;
    }
}
