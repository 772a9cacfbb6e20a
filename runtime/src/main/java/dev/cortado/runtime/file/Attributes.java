package dev.cortado.runtime.file;

/**
 * What {@code stat} tells (POSIX, sys/stat.h).
 *
 * @param device number of the mounted file system; with {@code inode} it names the file
 * @param permissions the lower twelve bits of the mode
 * @param links how many names the file has
 * @param owner user id
 * @param group group id
 * @param size in bytes
 * @param blocks what it occupies, in units of 512 bytes
 * @param accessed nanoseconds since 1970, as the other times
 * @param modified when its content changed
 * @param changed when these attributes changed
 * @param created when it was made
 * @param represented number of the device that the file stands for ({@code st_rdev}); 0 if none is
 *     known
 */
public record Attributes(
        long device,
        long inode,
        FileKind kind,
        int permissions,
        int links,
        int owner,
        int group,
        long size,
        long blocks,
        long accessed,
        long modified,
        long changed,
        long created,
        long represented) {
    /** Of a file that stands for no device. */
    public Attributes(
            long device,
            long inode,
            FileKind kind,
            int permissions,
            int links,
            int owner,
            int group,
            long size,
            long blocks,
            long accessed,
            long modified,
            long changed,
            long created) {
        this(
                device,
                inode,
                kind,
                permissions,
                links,
                owner,
                group,
                size,
                blocks,
                accessed,
                modified,
                changed,
                created,
                0);
    }

    /** {@code st_mode}: kind and permissions. */
    public int mode() {
        return kind.modeBits() | permissions;
    }

    public boolean isDirectory() {
        return kind == FileKind.DIRECTORY;
    }

    /** The same on a device that the file system does not know. */
    public Attributes onDevice(long number) {
        return new Attributes(
                number,
                inode,
                kind,
                permissions,
                links,
                owner,
                group,
                size,
                blocks,
                accessed,
                modified,
                changed,
                created,
                represented);
    }

    /** Of an open file that is no file of a file system: a pipe, the console. */
    public static Attributes ofNameless(FileKind kind, long inode, int permissions) {
        return new Attributes(0, inode, kind, permissions, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
