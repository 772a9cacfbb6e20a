package dev.cortado.runtime.file.ninep;

/**
 * A fid that was opened.
 *
 * @param most bytes that are read or written at once
 */
record OpenFid(Fid fid, Qid qid, int most) {}
