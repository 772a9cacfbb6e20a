package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.storage.cache.PageCache;
import dev.cortado.runtime.file.storage.cache.PagedFile;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The inodes that somebody knows of, one object for each, and those that were asked for lately.
 * Content in memory outlives the object that nobody knows of any more, up to a number of files.
 * With the file system's lock.
 */
final class InodeCache {
    private static final int RECENT = 1024;
    private static final int FORGOTTEN = 4096;

    private final Volume volume;
    private final PageCache pages;
    private final Map<Long, Known> known = new HashMap<>();
    private final ReferenceQueue<Ext4Inode> unknown = new ReferenceQueue<>();

    /** Kept from becoming unknown. */
    private final Map<Long, Ext4Inode> recent = new LinkedHashMap<>(16, 0.75f, true);

    /** What nobody knows of, but may have content in memory; the longest such first. */
    private final ArrayDeque<Known> forgotten = new ArrayDeque<>();

    private static final class Known extends WeakReference<Ext4Inode> {
        private final long number;
        private final LazyContent content;

        Known(Ext4Inode inode, LazyContent content, ReferenceQueue<Ext4Inode> unknown) {
            super(inode, unknown);
            number = inode.number();
            this.content = content;
        }
    }

    InodeCache(Volume volume, PageCache pages) {
        this.volume = volume;
        this.pages = pages;
    }

    /**
     * The inode that a directory says is a file's.
     *
     * @param user the inode that says so, for messages
     * @throws DamageException if it cannot be one
     */
    Ext4Inode get(long number, long user) throws FileException {
        Known there = known.get(number);
        Ext4Inode inode = there == null ? null : there.get();
        if (inode == null) {
            FileKind kind = kind(number, user);
            LazyContent content = there == null ? null : there.content;
            if (content == null && kind == FileKind.REGULAR) {
                content = new LazyContent(pages);
            }
            inode = load(number, kind, content);
            known.put(number, new Known(inode, content, unknown));
        }
        keep(inode);
        return inode;
    }

    private FileKind kind(long number, long user) throws FileException {
        Geometry geometry = volume.geometry();
        boolean isForFiles = number >= geometry.firstInode() && number <= geometry.inodes();
        if (!isForFiles && number != Geometry.ROOT_INODE) {
            throw DamageException.ofInode(user, "names inode " + number);
        }
        InodeRecord record = volume.table().read(number);
        record.verify();
        FileKind kind = record.kind();
        if (kind == null || record.links() == 0) {
            throw DamageException.ofInode(user, "names inode " + number + ", which is no file");
        }
        return kind;
    }

    private Ext4Inode load(long number, FileKind kind, LazyContent content) throws FileException {
        StoredInode stored = StoredInode.of(volume, number);
        Ext4Inode inode = new Ext4Inode(volume, stored, kind, content);
        inode.refresh();
        // What was done to it while it was known before need not be on the disk.
        inode.contentChanged();
        return inode;
    }

    private void keep(Ext4Inode inode) {
        recent.put(inode.number(), inode);
        if (recent.size() > RECENT) {
            recent.remove(recent.keySet().iterator().next());
        }
        Reference<? extends Ext4Inode> gone = unknown.poll();
        while (gone != null) {
            forget((Known) gone);
            gone = unknown.poll();
        }
    }

    private void forget(Known gone) {
        if (gone.content == null || gone.content.known() == null) {
            known.remove(gone.number, gone);
            return;
        }
        forgotten.add(gone);
        if (forgotten.size() > FORGOTTEN) {
            Known oldest = forgotten.remove();
            if (known.remove(oldest.number, oldest)) {
                close(oldest.content.known());
            }
        }
    }

    private void close(PagedFile content) {
        try {
            content.close();
        } catch (FileException e) {
            // Nobody has the file open who could be told.
            volume.tell(e);
        }
    }

    /** Inodes that somebody knows of, and that are there without a name. */
    List<Ext4Inode> nameless() throws FileException {
        List<Ext4Inode> nameless = new ArrayList<>();
        for (Known each : known.values()) {
            Ext4Inode inode = each.get();
            if (inode != null && inode.isNameless()) {
                nameless.add(inode);
            }
        }
        return nameless;
    }

    /** An inode is free: who gets its number next is another one. */
    void remove(Ext4Inode inode) {
        known.remove(inode.number());
        recent.remove(inode.number());
    }
}
