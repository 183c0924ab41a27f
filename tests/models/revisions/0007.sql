UPDATE plan SET area = 'Sefton, Merseyside';
