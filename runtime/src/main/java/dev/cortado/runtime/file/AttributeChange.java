package dev.cortado.runtime.file;

/**
 * What to change of a file's {@link Attributes}; its size is {@link FileSystem#truncate}'s.
 *
 * @param permissions the lower twelve bits of the mode, or {@link #KEEP}
 * @param owner user id, or {@link #KEEP}
 * @param group group id, or {@link #KEEP}
 * @param accessed nanoseconds since 1970, {@link #NOW} or {@link #KEEP_TIME}
 * @param modified as {@code accessed}
 */
public record AttributeChange(int permissions, int owner, int group, long accessed, long modified) {
    /** As chown's -1. */
    public static final int KEEP = -1;

    /** As UTIME_OMIT; no time in range. */
    public static final long KEEP_TIME = Long.MIN_VALUE;

    /** As UTIME_NOW; no time in range. */
    public static final long NOW = Long.MIN_VALUE + 1;

    /** PERMISSIONS that there are: set-user-id, set-group-id, sticky, and three times rwx. */
    public static final int ALL_PERMISSIONS = 07777;

    private static final int SET_USER = 04000;
    private static final int SET_GROUP = 02000;
    private static final int GROUP_EXECUTES = 0010;

    public static AttributeChange ofPermissions(int permissions) {
        return new AttributeChange(permissions & ALL_PERMISSIONS, KEEP, KEEP, KEEP_TIME, KEEP_TIME);
    }

    /** Either may be {@link #KEEP}. */
    public static AttributeChange ofOwner(int owner, int group) {
        return new AttributeChange(KEEP, owner, group, KEEP_TIME, KEEP_TIME);
    }

    /** Either may be {@link #NOW} or {@link #KEEP_TIME}. */
    public static AttributeChange ofTimes(long accessed, long modified) {
        return new AttributeChange(KEEP, KEEP, KEEP, accessed, modified);
    }

    /**
     * A file's permissions after the change. A program that gets another owner or group does not
     * run as that one unasked (chown(2)).
     */
    public int permissionsAfter(FileKind kind, int before) {
        if (permissions != KEEP) {
            return permissions;
        }
        boolean isGiven = owner != KEEP || group != KEEP;
        if (!isGiven || kind == FileKind.DIRECTORY) {
            return before;
        }
        int cleared = (before & GROUP_EXECUTES) == 0 ? SET_USER : SET_USER | SET_GROUP;
        return before & ~cleared;
    }
}
