/**
 * What file systems that are only read have in common: {@link
 * dev.cortado.runtime.file.readonly.ReadOnlyFileSystem}.
 */
package dev.cortado.runtime.file.readonly;
