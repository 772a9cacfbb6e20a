package dev.cortado.runtime.file.ext4.attribute;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A POSIX access control list (acl(5)): who may do what with a file, in the order in which both the
 * disk and Linux's system calls have it. The disk has version 1, with identifiers only where they
 * mean something; system calls have version 2.
 */
public final class AccessControlList {
    private static final int DISK_VERSION = 1;
    private static final int CALL_VERSION = 2;

    private static final int OWNER = 0x1;
    private static final int USER = 0x2;
    private static final int OWNING_GROUP = 0x4;
    private static final int GROUP = 0x8;
    private static final int MASK = 0x10;
    private static final int OTHERS = 0x20;

    private static final int SHORT_ENTRY_BYTES = 4;
    private static final int LONG_ENTRY_BYTES = 8;
    private static final int NO_IDENTIFIER = -1;
    private static final int ALL_RIGHTS = 7;

    /** Owner, owning group and others: what a mode says as well. */
    private static final int PLAIN_ENTRIES = 3;

    private record Entry(int tag, int rights, int identifier) {
        boolean isNamed() {
            return tag == USER || tag == GROUP;
        }
    }

    private final List<Entry> entries;

    private AccessControlList(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * That of an inode.
     *
     * @throws DamageException if it is none
     */
    public static AccessControlList ofInode(long inode, byte[] value) throws DamageException {
        try {
            return fromDisk(value);
        } catch (FileException e) {
            throw DamageException.ofInode(inode, "no access control list");
        }
    }

    /**
     * @throws FileException EINVAL if it is none
     */
    public static AccessControlList fromDisk(byte[] value) throws FileException {
        return read(value, DISK_VERSION);
    }

    /**
     * @throws FileException EINVAL if it is none
     */
    public static AccessControlList fromCall(byte[] value) throws FileException {
        return read(value, CALL_VERSION);
    }

    private static AccessControlList read(byte[] value, int version) throws FileException {
        ByteBuffer from = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        require(from.remaining() >= Integer.BYTES && from.getInt() == version);
        List<Entry> entries = new ArrayList<>();
        while (from.hasRemaining()) {
            require(from.remaining() >= SHORT_ENTRY_BYTES);
            int tag = from.getShort();
            int rights = from.getShort();
            boolean hasIdentifier = version == CALL_VERSION || tag == USER || tag == GROUP;
            require(!hasIdentifier || from.remaining() >= Integer.BYTES);
            int identifier = hasIdentifier ? from.getInt() : NO_IDENTIFIER;
            entries.add(new Entry(tag, rights, identifier));
        }
        AccessControlList list = new AccessControlList(entries);
        list.check();
        return list;
    }

    private static void require(boolean condition) throws FileException {
        if (!condition) {
            throw new FileException(Errno.EINVAL);
        }
    }

    /** One entry of each kind, but any number of users and groups, by the order of the tags. */
    private void check() throws FileException {
        int last = 0;
        int seen = 0;
        for (Entry entry : entries) {
            require((entry.rights() & ~ALL_RIGHTS) == 0);
            require(Integer.bitCount(entry.tag()) == 1 && entry.tag() <= OTHERS);
            require(entry.tag() > last || entry.tag() == last && entry.isNamed());
            last = entry.tag();
            seen |= last;
        }
        int plain = OWNER | OWNING_GROUP | OTHERS;
        require((seen & plain) == plain);
        require((seen & (USER | GROUP)) == 0 || (seen & MASK) != 0);
    }

    public byte[] toDisk() {
        return write(DISK_VERSION);
    }

    public byte[] toCall() {
        return write(CALL_VERSION);
    }

    private byte[] write(int version) {
        ByteBuffer to =
                ByteBuffer.allocate(Integer.BYTES + entries.size() * LONG_ENTRY_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(version);
        for (Entry entry : entries) {
            to.putShort((short) entry.tag()).putShort((short) entry.rights());
            if (version == CALL_VERSION || entry.isNamed()) {
                to.putInt(entry.identifier());
            }
        }
        byte[] value = new byte[to.position()];
        to.get(0, value);
        return value;
    }

    /** Whether a mode says all of it. */
    public boolean isPlain() {
        return entries.size() == PLAIN_ENTRIES;
    }

    /** The nine bits of the mode that go with it; where there is a mask, it is the group's. */
    public int permissions() {
        return rights(OWNER) << 6 | rights(maskTag()) << 3 | rights(OTHERS);
    }

    /** What a new file gets of a default list: no more than the call that makes it gives. */
    public AccessControlList restrictedTo(int permissions) {
        return withPermissions(permissions() & permissions);
    }

    /** The list after chmod(2): with these nine bits. */
    public AccessControlList withPermissions(int permissions) {
        int mask = maskTag();
        List<Entry> changed = new ArrayList<>();
        for (Entry entry : entries) {
            int rights = entry.rights();
            if (entry.tag() == OWNER) {
                rights = permissions >>> 6 & ALL_RIGHTS;
            } else if (entry.tag() == mask) {
                rights = permissions >>> 3 & ALL_RIGHTS;
            } else if (entry.tag() == OTHERS) {
                rights = permissions & ALL_RIGHTS;
            }
            changed.add(new Entry(entry.tag(), rights, entry.identifier()));
        }
        return new AccessControlList(changed);
    }

    private int maskTag() {
        return entries.stream().anyMatch(entry -> entry.tag() == MASK) ? MASK : OWNING_GROUP;
    }

    private int rights(int tag) {
        for (Entry entry : entries) {
            if (entry.tag() == tag) {
                return entry.rights();
            }
        }
        return 0;
    }
}
