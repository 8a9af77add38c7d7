"""Uploads on their way in: what is too large for memory lies on the disk for the length of a request, and tells nobody anything."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from .hidden import temporary


class HiddenFileUploadHandler(FileUploadHandler):
    """Takes what Django's handler for memory leaves. Nothing of an upload is ever on the disk as it came, killed or not."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.file = temporary()

    def receive_data_chunk(self, raw_data, start):
        self.file.write(raw_data)

    def file_complete(self, file_size):
        self.file.seek(0)
        return UploadedFile(
            self.file, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )

    def upload_interrupted(self):
        if hasattr(self, "file"):
            self.file.close()
