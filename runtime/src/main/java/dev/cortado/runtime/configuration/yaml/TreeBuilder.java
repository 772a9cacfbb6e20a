package dev.cortado.runtime.configuration.yaml;

import dev.cortado.runtime.configuration.ConfigurationException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Makes a tree of a document's events. An alias is the node that has its anchor and is complete, so
 * that no tree contains itself.
 */
final class TreeBuilder {
    /** Deeper than any configuration. */
    private static final int MOST_DEPTH = 32;

    /** With all that aliases stand for: whoever reads the tree comes to it each time. */
    private static final int MOST_NODES = 1 << 16;

    /** An alias may stand for a long text. */
    private static final int MOST_ALIASES = 256;

    private static final String BINARY = "tag:yaml.org,2002:binary";

    private final String name;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private YamlNode root;
    private boolean isOver;
    private int nodes;
    private int aliases;

    TreeBuilder(String name) {
        this.name = name;
    }

    /** Null if there was nothing. */
    YamlNode root() {
        return root;
    }

    /**
     * What an alias may stand for.
     *
     * @param nodes how many it is, with all that its own aliases stand for
     */
    private record Anchored(YamlNode node, int nodes) {}

    /** A list or a mapping that is not complete. */
    private static final class Level {
        final String place;
        final Optional<Anchor> anchor;
        final boolean isMapping;
        final int nodesBefore;
        final List<YamlNode> items = new ArrayList<>();
        final Map<String, YamlNode> entries = new LinkedHashMap<>();
        String key;

        Level(String place, Optional<Anchor> anchor, boolean isMapping, int nodesBefore) {
            this.place = place;
            this.anchor = anchor;
            this.isMapping = isMapping;
            this.nodesBefore = nodesBefore;
        }

        void add(YamlNode node) throws ConfigurationException {
            if (!isMapping) {
                items.add(node);
            } else if (key == null) {
                key = node.text();
                if (entries.containsKey(key)) {
                    throw node.bad('"' + key + "\" is said twice");
                }
            } else {
                entries.put(key, node);
                key = null;
            }
        }

        YamlNode complete() {
            return isMapping
                    ? new YamlNode.Mapping(place, entries)
                    : new YamlNode.Sequence(place, items);
        }
    }

    void take(Event event) throws ConfigurationException {
        switch (event.getEventId()) {
            case DocumentStart -> {
                if (isOver) {
                    throw new ConfigurationException(place(event), "a second document begins");
                }
            }
            case DocumentEnd -> isOver = true;
            case SequenceStart -> begin((NodeEvent) event, false);
            case MappingStart -> begin((NodeEvent) event, true);
            case SequenceEnd, MappingEnd -> {
                Level level = levels.pop();
                add(level.complete(), level.anchor, nodes - level.nodesBefore);
            }
            case Scalar -> {
                ScalarEvent scalar = (ScalarEvent) event;
                boolean isBinary = scalar.getTag().filter(BINARY::equals).isPresent();
                count(event, 1);
                add(
                        new YamlNode.Scalar(
                                place(event), scalar.getValue(), scalar.isPlain(), isBinary),
                        scalar.getAnchor(),
                        1);
            }
            case Alias -> add(aliased((AliasEvent) event), Optional.empty(), 0);
            default -> {} // the stream's beginning and end, and comments
        }
    }

    private void begin(NodeEvent event, boolean isMapping) throws ConfigurationException {
        int before = nodes;
        count(event, 1);
        if (levels.size() == MOST_DEPTH) {
            throw new ConfigurationException(
                    place(event), "more than " + MOST_DEPTH + " levels, one in the other");
        }
        levels.push(new Level(place(event), event.getAnchor(), isMapping, before));
    }

    private YamlNode aliased(AliasEvent alias) throws ConfigurationException {
        if (++aliases > MOST_ALIASES) {
            throw new ConfigurationException(
                    place(alias), "more than " + MOST_ALIASES + " aliases");
        }
        Anchored anchored = anchors.get(alias.getAlias());
        if (anchored == null) {
            throw new ConfigurationException(
                    place(alias), "*" + alias.getAlias() + " stands for nothing in front of it");
        }
        count(alias, anchored.nodes());
        return anchored.node();
    }

    private void count(Event event, int more) throws ConfigurationException {
        nodes += more;
        if (nodes > MOST_NODES) {
            throw new ConfigurationException(place(event), "more than " + MOST_NODES + " nodes");
        }
    }

    private void add(YamlNode node, Optional<Anchor> anchor, int size)
            throws ConfigurationException {
        anchor.ifPresent(one -> anchors.put(one, new Anchored(node, size)));
        if (levels.isEmpty()) {
            root = node;
        } else {
            levels.peek().add(node);
        }
    }

    private String place(Event event) {
        return event.getStartMark()
                .map(mark -> name + ", line " + (mark.getLine() + 1))
                .orElse(name);
    }
}
