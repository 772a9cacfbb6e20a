package dev.cortado.runtime.file.ext4.map;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.storage.transaction.Change;

/** Takes blocks from a block map, the last first, and nodes that nothing is left in. */
final class PointerRemoval {
    /** Of freeing a node: what that changes, the node above, and the inode. */
    private static final int NODE_CREDITS = BlockAllocator.CREDITS + 2;

    /** Of one step: blocks of one group are freed, then nodes that these leave empty. */
    static final int CREDITS = BlockAllocator.CREDITS + 2 + PointerWay.MAXIMUM_DEPTH * NODE_CREDITS;

    private final PointerMap map;
    private final MapBlocks blocks;
    private final int perNode;

    PointerRemoval(PointerMap map, MapBlocks blocks, int perNode) {
        this.map = map;
        this.blocks = blocks;
        this.perNode = perNode;
    }

    long remove(Change change, long from, long to) throws FileException {
        long end = to;
        for (int depth = PointerWay.MAXIMUM_DEPTH; depth > 0; depth--) {
            long start = PointerWay.begin(perNode, depth);
            long begin = Math.max(from, start);
            if (begin < end) {
                int slot = PointerWay.DIRECT + depth - 1;
                long reached = removeBelow(change, map.root(), slot, depth, start, begin, end);
                if (reached > begin) {
                    return reached;
                }
                end = begin;
            }
        }
        return removeData(change, map.root(), 0, from, end);
    }

    /**
     * Removes from what is below a slot.
     *
     * @param levels below the slot
     * @param start the first block of the file that is below the slot
     */
    private long removeBelow(
            Change change, PointerNode above, int slot, int levels, long start, long from, long to)
            throws FileException {
        long place = above.pointer(slot);
        if (place == 0) {
            return from;
        }
        PointerNode node = map.read(above, place);
        long reached =
                levels == 1
                        ? removeData(change, node, start, from, to)
                        : removeNodes(change, node, levels, start, from, to);
        node = map.read(above, place);
        if (reached > from || !node.isEmpty()) {
            return reached;
        }
        if (change.credits() < NODE_CREDITS) {
            return from + 1;
        }
        PointerNode changed = map.edit(change, above);
        changed.set(slot, 0);
        map.save(change, changed);
        blocks.giveBack(change, place, 1);
        return from;
    }

    private long removeNodes(
            Change change, PointerNode node, int levels, long start, long from, long to)
            throws FileException {
        long span = PointerWay.span(perNode, levels - 1);
        long end = to;
        while (end > from) {
            int slot = (int) ((end - 1 - start) / span);
            long begin = Math.max(from, start + slot * span);
            long reached =
                    removeBelow(change, node, slot, levels - 1, start + slot * span, begin, end);
            if (reached > begin) {
                return reached;
            }
            end = begin;
        }
        return from;
    }

    private long removeData(Change change, PointerNode node, long start, long from, long to)
            throws FileException {
        PointerNode now = node;
        int first = (int) (from - start);
        int end = (int) (to - start);
        while (end > first) {
            int begin = beginOfRun(now, first, end);
            long place = now.pointer(begin);
            if (place != 0) {
                if (change.credits() < CREDITS) {
                    return start + end;
                }
                blocks.check(place, end - begin, now.place());
                now = map.edit(change, now);
                for (int slot = begin; slot < end; slot++) {
                    now.set(slot, 0);
                }
                map.save(change, now);
                blocks.giveBack(change, place, end - begin);
            }
            end = begin;
        }
        return from;
    }

    /** The first of the last slots that lead to blocks of one group, one behind the other. */
    private int beginOfRun(PointerNode node, int first, int end) {
        int begin = end - 1;
        long place = node.pointer(begin);
        if (place == 0) {
            return begin;
        }
        while (begin > first && node.pointer(begin - 1) == place - (end - begin)) {
            begin--;
        }
        return end
                - (int)
                        (place
                                + 1
                                - blocks.firstInGroupOfLast(
                                        place - (end - begin - 1), end - begin));
    }
}
