package dev.cortado.runtime.file.ext4.group;

import dev.cortado.runtime.file.ext4.layout.DamageException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups of which a bitmap is damaged. Where damage is to end nothing, they are passed over:
 * nothing is taken from them any more, and what is given back to them is lost until somebody
 * repairs the file system. With the file system's lock.
 */
public final class DamagedGroups {
    /** By the bitmap's name. */
    private final Map<String, BitSet> groups = new HashMap<>();

    private final List<DamageException> found = new ArrayList<>();
    private boolean isPassedOver;

    /** From now on; until then, damage ends each call that comes upon it. */
    public void passOver() {
        isPassedOver = true;
    }

    boolean has(GroupBitmap bitmap, int group) {
        BitSet damaged = groups.get(bitmap.name());
        return damaged != null && damaged.get(group);
    }

    /**
     * A bitmap has turned out to be damaged.
     *
     * @throws DamageException the same, unless the group is passed over
     */
    void add(GroupBitmap bitmap, int group, DamageException damage) throws DamageException {
        if (!isPassedOver) {
            throw damage;
        }
        groups.computeIfAbsent(bitmap.name(), name -> new BitSet()).set(group);
        found.add(damage);
    }

    /** What nobody has been told of yet. */
    public List<DamageException> takeFound() {
        if (found.isEmpty()) {
            return List.of();
        }
        List<DamageException> taken = List.copyOf(found);
        found.clear();
        return taken;
    }
}
