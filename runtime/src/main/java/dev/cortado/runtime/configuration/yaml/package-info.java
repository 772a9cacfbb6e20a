/**
 * YAML 1.2, of which JSON is a part: a document as a tree of nodes that know their lines. The
 * events are SnakeYAML Engine's; nothing is constructed of what tags say.
 */
package dev.cortado.runtime.configuration.yaml;
