package dev.cortado.image.metadata;

/**
 * A release of a library, by its Maven coordinates.
 *
 * @param group its group ID
 * @param artifact its artifact ID
 */
record Library(String group, String artifact, String version) {
    /** The group and artifact, as the repository's indexes have them. */
    String module() {
        return group + ":" + artifact;
    }
}
