package dev.cortado.drivers.xen.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be done with nodes, within a transaction or without. Paths begin with "/", or are
 * relative to the domain's own directory, {@code /local/domain/ID}.
 *
 * <p>All methods throw an {@link IllegalArgumentException} for what is not a path, a {@link
 * StoreException} if xenstore refuses, a {@link StoreTimeoutException} if it does not answer, and
 * an {@link java.io.InterruptedIOException} if the thread is interrupted meanwhile.
 */
public abstract class StoreAccess {
    private static final byte[] NOTHING = new byte[0];

    StoreAccess() {}

    /** Asks and waits for the reply. */
    abstract byte[] exchange(MessageType type, String path, byte[] payload) throws IOException;

    public final byte[] read(String path) throws IOException {
        return exchange(MessageType.READ, path, StorePath.payload(StorePath.check(path)));
    }

    public final String readText(String path) throws IOException {
        return new String(read(path), StandardCharsets.UTF_8);
    }

    /** As {@link #readText}; null if there is no such node. */
    public final String readTextOrNull(String path) throws IOException {
        try {
            return readText(path);
        } catch (StoreException e) {
            if (e.is(StoreException.ENOENT)) {
                return null;
            }
            throw e;
        }
    }

    /** Makes the node, and those above it, if there is none. */
    public final void write(String path, byte[] value) throws IOException {
        byte[] name = StorePath.payload(StorePath.check(path));
        byte[] payload = new byte[name.length + value.length];
        System.arraycopy(name, 0, payload, 0, name.length);
        System.arraycopy(value, 0, payload, name.length, value.length);
        exchange(MessageType.WRITE, path, payload);
    }

    public final void write(String path, String value) throws IOException {
        write(path, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes the node, and those above it, if there is none; an existing one keeps its value. */
    public final void mkdir(String path) throws IOException {
        exchange(MessageType.MKDIR, path, StorePath.payload(StorePath.check(path)));
    }

    /** Removes the node and all beneath it, if there is one. */
    public final void remove(String path) throws IOException {
        try {
            exchange(MessageType.RM, path, StorePath.payload(StorePath.check(path)));
        } catch (StoreException e) {
            if (!e.is(StoreException.ENOENT)) {
                throw e;
            }
        }
    }

    /** The names of the nodes right beneath this one. */
    public final List<String> directory(String path) throws IOException {
        StorePath.check(path);
        try {
            byte[] names = exchange(MessageType.DIRECTORY, path, StorePath.payload(path));
            return DirectoryList.names(path, names);
        } catch (StoreException e) {
            if (!e.is(StoreException.E2BIG)) {
                throw e;
            }
            return DirectoryList.readParts(this, path);
        }
    }

    /** The names beneath a node, or none if there is no such node. */
    public final List<String> directoryOrEmpty(String path) throws IOException {
        try {
            return directory(path);
        } catch (StoreException e) {
            if (e.is(StoreException.ENOENT)) {
                return List.of();
            }
            throw e;
        }
    }

    public final List<Permission> permissions(String path) throws IOException {
        byte[] payload = StorePath.payload(StorePath.check(path));
        byte[] reply = exchange(MessageType.GET_PERMS, path, payload);
        List<byte[]> texts = new WireMessage(MessageType.GET_PERMS, 0, 0, reply).texts();
        List<Permission> permissions = new ArrayList<>();
        for (byte[] text : texts == null ? List.of(NOTHING) : texts) {
            Permission permission = Permission.decode(text);
            if (permission == null) {
                throw new StoreException(
                        MessageType.GET_PERMS.name(), path, StoreException.EIO, "no permissions");
            }
            permissions.add(permission);
        }
        return permissions;
    }

    /**
     * @param permissions the owner's first, see {@link Permission}
     */
    public final void setPermissions(String path, List<Permission> permissions) throws IOException {
        String[] texts = new String[permissions.size() + 1];
        texts[0] = StorePath.check(path);
        for (int i = 1; i < texts.length; i++) {
            texts[i] = permissions.get(i - 1).encode();
        }
        exchange(MessageType.SET_PERMS, path, StorePath.payload(texts));
    }
}
