package dev.cortado.runtime.share;

import dev.cortado.drivers.virtio.folder.MachineShares;
import dev.cortado.drivers.virtio.folder.VirtioFolder;
import dev.cortado.drivers.virtio.folder.VirtioShare;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.PooledFrames;
import dev.cortado.runtime.disk.TransferBuffers;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.folder.Server;
import dev.cortado.runtime.file.folder.Transport;
import dev.cortado.runtime.file.mount.MountException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The folders that the host shares, by their tags. Their drivers start when one is asked for. */
public final class GuestShares {
    /** Requests of a driver that has died may still be looked at while the next one has others. */
    private static final int BUFFERS = 2 * VirtioFolder.SLOTS;

    private final Consumer<String> log;
    private List<VirtioShare> shares;

    /**
     * @param log hears of folders that cannot be used, of errors, and of deaths of drivers
     */
    public GuestShares(Consumer<String> log) {
        this.log = log;
    }

    /**
     * Who shares the folder with a tag.
     *
     * @param protocol by which, as mounts call it
     * @throws MountException there is none, or more than one
     */
    public synchronized Server find(String protocol, String tag) throws MountException {
        if (shares == null) {
            shares = MachineShares.open(log);
        }
        List<String> others = new ArrayList<>();
        VirtioShare found = null;
        for (VirtioShare share : shares) {
            VirtioFolder folder = folder(share);
            boolean isSpoken = folder.protocol().equals(protocol);
            if (!isSpoken || !folder.tag().equals(tag)) {
                others.add(isSpoken ? folder.tag() : folder.tag() + ":" + folder.protocol());
            } else if (found != null) {
                throw new MountException("the host shares two folders as " + tag);
            } else {
                found = share;
            }
        }
        if (found == null) {
            String rest = others.isEmpty() ? "" : ", only " + String.join(", ", others);
            throw new MountException("the host shares no folder as " + tag + rest);
        }
        return server(found);
    }

    private static VirtioFolder folder(VirtioShare share) throws MountException {
        try {
            return share.await();
        } catch (IOException e) {
            throw new MountException(e.getMessage(), e);
        }
    }

    private Server server(VirtioShare share) {
        DeviceFrames frames = new DeviceFrames(new PooledFrames(), share.toString());
        TransferBuffers buffers = new TransferBuffers(frames, BuddyAllocator.NO_LIMIT, BUFFERS, 0);
        return () -> connect(share, buffers);
    }

    private Transport connect(VirtioShare share, TransferBuffers buffers) throws FileException {
        try {
            return new ShareTransport(share.await(), buffers);
        } catch (IOException e) {
            log.accept(e.getMessage());
            throw new FileException(Errno.EIO, share.toString());
        }
    }
}
